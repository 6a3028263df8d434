/**
 * The shapes of the API's replies (`addon_backend/services/runs/views.py`); a test keeps the names equal.
 */

/** @typedef {null | boolean | number | string | {date: number} | {error: string}} CellValue */
/** @typedef {"formula" | "spill" | "merged" | "validated" | "protected" | "hidden"} Obstacle */
/** @typedef {"off" | "beside" | "in_place"} CleanMode */
/** @typedef {{host: string, document: string, sheet: string}} SheetRef */

/**
 * @typedef {object} Recipe
 * @property {string} name
 * @property {CleanMode} clean_default
 * @property {Record<string, CleanMode>} clean
 * @property {string[]} fill
 * @property {string[]} sources
 * @property {boolean} duplicates
 */

/**
 * @typedef {object} TableColumn
 * @property {number} index
 * @property {CellValue[]} values
 * @property {Partial<Record<Obstacle, number[]>>} obstacles positions in `values` of cells that must be left alone
 */

/**
 * @typedef {object} Table
 * @property {number} top sheet row of the first value, from 0
 * @property {number} rows_total
 * @property {boolean} sampled
 * @property {TableColumn[]} columns
 * @property {{top: number, rows: CellValue[][]} | null} [above] the first rows of the list that it is cut from
 */

/**
 * @typedef {object} InspectedColumn
 * @property {number} index
 * @property {string} letter
 * @property {string} header
 * @property {string} kind
 * @property {number} confidence
 * @property {number} filled
 * @property {number} distinct
 * @property {number} problems
 */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {"clean" | "fill" | "duplicates"} operation
 * @property {string} field
 * @property {string} label
 * @property {string} header
 * @property {string | null} letter
 * @property {"beside" | "in_place" | "new_column" | "fill_empty"} mode
 * @property {number} count
 * @property {number} to_ask
 * @property {number} price
 * @property {string | null} source
 */

/**
 * @typedef {object} ExampleCell
 * @property {string} label
 * @property {CellValue} before
 * @property {CellValue} after
 * @property {string} reason
 */

/**
 * @typedef {object} Example
 * @property {number} row
 * @property {ExampleCell[]} cells
 */

/**
 * @typedef {object} PreflightLine
 * @property {string} code
 * @property {number} count
 * @property {string} sentence
 */

/**
 * @typedef {object} Price
 * @property {number} credits
 * @property {number} provider_units
 */

/**
 * What is new in a list since the person's earlier runs, the newest of which had this recipe.
 * @typedef {object} Known
 * @property {string} run
 * @property {Recipe} recipe
 * @property {number} new_rows
 * @property {string | null} range exactly the new rows; null where they stand between others
 */

/**
 * @typedef {object} Preview
 * @property {string} quote_id
 * @property {number} expires_in
 * @property {number} rows
 * @property {boolean} sampled
 * @property {string} headline
 * @property {number} quality
 * @property {Step[]} steps
 * @property {Example[]} examples
 * @property {PreflightLine[]} preflight
 * @property {Price} price
 * @property {boolean} trial
 * @property {number} trial_rows
 * @property {InspectedColumn[]} columns
 * @property {number | null} header_row
 * @property {Known | null} known
 */

/**
 * @typedef {object} ReasonCount
 * @property {string} code
 * @property {number} count
 * @property {string} sentence
 * @property {string} fix
 */

/** @typedef {"written" | "already_there" | "kept" | "review" | "not_found" | "not_asked" | "failed"} Outcome */
/** @typedef {Partial<Record<Outcome, number>>} Counts */

/**
 * @typedef {object} OutputView
 * @property {string} name
 * @property {string} header
 * @property {string} operation
 * @property {string} field
 * @property {string | null} letter
 * @property {Counts} counts
 * @property {Partial<Record<Outcome, ReasonCount[]>>} reasons
 * @property {boolean} can_swap cleaned beside: its values may be put in place
 */

/**
 * @typedef {object} Money
 * @property {number} quoted
 * @property {number} reserved
 * @property {number} spent
 * @property {number} released
 * @property {number} provider_units_quoted
 * @property {number} provider_units_spent
 * @property {number} provider_units_possibly_spent
 */

/** @typedef {"queued" | "preparing" | "running" | "parked" | "stopping" | "finished" | "stopped" | "failed"} RunState */

/**
 * @typedef {object} RunView
 * @property {string} id
 * @property {RunState} state
 * @property {string} reason
 * @property {string} sentence
 * @property {number} version
 * @property {string} document
 * @property {string} sheet
 * @property {string} title
 * @property {string} range
 * @property {string} recipe
 * @property {number} rows
 * @property {number} rows_done
 * @property {number} fraction
 * @property {number | null} ready_in
 * @property {Counts} counts
 * @property {OutputView[]} outputs
 * @property {Money} money
 * @property {number} on_their_way
 * @property {number} decisions
 * @property {string} decisions_headline
 * @property {string[]} actions
 * @property {boolean} mine
 * @property {"enrich" | "undo" | "redo" | "decide" | "swap"} kind
 * @property {string | null} parent
 * @property {boolean} trial
 * @property {number | null} quality_before
 * @property {number | null} quality_after
 * @property {number} created_at
 * @property {number | null} finished_at
 * @property {number | null} erase_at
 */

/**
 * @typedef {object} DecisionGroup
 * @property {string} id
 * @property {"review" | "conflict" | "differs" | "correction"} kind
 * @property {string} header
 * @property {number} rows
 * @property {string} row
 * @property {CellValue} now
 * @property {CellValue} read what stood in the original, for a column cleaned beside
 * @property {CellValue} offered
 * @property {string} reason
 * @property {string | null} who which row a single one is, by other cells of it
 */

/**
 * @typedef {object} Decisions
 * @property {number} decisions
 * @property {number} rows
 * @property {string} headline
 * @property {DecisionGroup[]} groups
 * @property {number | null} next
 */

/** @typedef {{take?: {group: string, row: string | null}[], leave?: string[], leave_rest?: boolean, take_rest?: boolean}} AnswerOrder */

/**
 * @typedef {object} Answered
 * @property {RunView | null} run
 * @property {number} decisions
 * @property {number} rows
 * @property {string} headline
 */

/**
 * @typedef {object} RowPlace
 * @property {string} group
 * @property {string} row
 * @property {number} number
 */

/**
 * @typedef {object} RowsNow
 * @property {number} rows
 * @property {RowPlace[]} places
 */

/**
 * @typedef {object} Unspent
 * @property {string} code
 * @property {number} count
 * @property {string} sentence
 */

/**
 * @typedef {object} Report
 * @property {RunView} run
 * @property {Unspent[]} not_spent
 * @property {ReasonCount[]} explained
 */

/**
 * @typedef {object} HistoryLine
 * @property {string} id
 * @property {string} title
 * @property {string} range
 * @property {string} recipe
 * @property {RunState} state
 * @property {string} sentence
 * @property {number} rows
 * @property {number} written
 * @property {number} credits
 * @property {number} created_at
 * @property {number | null} finished_at
 * @property {boolean} mine
 * @property {boolean} unseen it ended or waits, and the person has not looked at it
 */

/**
 * @typedef {object} Explanation
 * @property {string} run
 * @property {string} header
 * @property {string} outcome
 * @property {string} sentence
 * @property {CellValue} value
 * @property {CellValue} previous
 * @property {string} source
 * @property {string} rule
 * @property {number} score
 * @property {string} licence
 * @property {number} decided_at
 * @property {[string, CellValue][]} inputs
 */

/**
 * @typedef {object} Catalogue
 * @property {{kind: string, label: string, cleanable: boolean}[]} kinds
 * @property {{name: string, label: string, price: number, personal: boolean, source: string | null}[]} fields
 * @property {{name: string, label: string, recipe: Recipe}[]} recipes
 */

/**
 * @typedef {object} Me
 * @property {string} workspace
 * @property {string} member
 * @property {string} language
 * @property {string | null} terms_in_force null until someone entitled accepted them
 * @property {string} terms_current
 * @property {boolean | null} mail null where no address is known
 * @property {number} unseen how many of her runs ended or wait, and were not looked at
 */

export {};
