"""Everything that can go wrong, each with one sentence for the person and one thing to do.

    AddonError
    ├── Refused                 the request cannot be done as asked; nothing was changed
    │   ├── SelectionEmpty  RangeUnclear  RangeOutside  NothingToRead  RecipeUnknown  NothingToDo …
    │   ├── FileProblem         FileUnreadable  FileLocked  FileTooLarge  FileUnknown  SheetUnknown
    │   ├── QuoteProblem        QuoteExpired  QuoteMismatch  QuoteUnknown  QuoteUsed
    │   └── KeyReused           the same idempotency key with another body
    ├── NotAllowed              NotSignedIn  TermsNotAccepted  NotVisible  AccessLost  OwnerOnly
    │   ├── …                   HostNotConfigured  ConsentNeeded  ConsentFailed  CredentialMissing
    │   ├── …                   NotAdmitted  WorkspacePaused  FieldSwitchedOff  InPlaceSwitchedOff
    │   └── …                   NotAdministrator  FormTooOld
    ├── HostTrouble             the sheet's host did not do what we asked: it may later
    ├── SourceTrouble           a source of values did not answer: it may later
    └── Lost                    a lease or fence was lost: somebody else has taken over, stop quietly

``str(error)`` is the sentence for the operator and never holds a token or a cell value; ``sentence`` is the
message key of the person's sentence (catalogue: ``domain/messages``), filled with ``facts`` (counts, limits,
names of columns and of a recipe's fields, the address of our service account only).
"""

from __future__ import annotations

from typing import ClassVar


class AddonError(Exception):
    """The root: a stable ``code``, an operator's sentence, and facts for the person's sentence."""

    code: ClassVar[str] = "failed"
    status: ClassVar[int] = 500
    operator: ClassVar[str] = "The request failed."

    def __init__(self, **facts: str | int) -> None:
        """Keep the facts; they must be safe to log."""
        super().__init__(self.operator)
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the facts, so that a worker can hand the error on."""
        return (_rebuild, (type(self), self.facts))

    def __str__(self) -> str:
        """Return the operator's sentence with its facts."""
        facts = " ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.operator} [{self.code}{' ' + facts if facts else ''}]"


def _rebuild(kind: type[AddonError], facts: dict[str, str | int]) -> AddonError:
    return kind(**facts)


class Refused(AddonError):
    """The request cannot be done as asked; nothing was changed."""

    code = "refused"
    status = 422
    operator = "The request was refused."


class BodyInvalid(Refused):
    """The request's body does not have the documented shape."""

    code = "body_invalid"
    operator = "The body does not match the contract."


class SelectionEmpty(Refused):
    """No cell is selected, or all selected rows are hidden."""

    code = "selection_empty"
    operator = "The selection holds no cell."


class NothingToRead(Refused):
    """The selection holds only blank cells, or only a header."""

    code = "nothing_to_read"
    operator = "The selection holds no filled row."


class RangeUnclear(Refused):
    """A typed range is not A1 notation."""

    code = "range_unclear"
    operator = "The range is not A1 notation."


class RangeOutside(Refused):
    """The range lies outside the used cells of the sheet."""

    code = "range_outside"
    operator = "The range lies outside the used cells."


class RecipeUnknown(Refused):
    """No recipe of this name, or a recipe with an unknown field or kind."""

    code = "recipe_unknown"
    operator = "The recipe is unknown."


class NothingToDo(Refused):
    """The recipe finds nothing to do on this selection."""

    code = "nothing_to_do"
    operator = "The recipe has no step that fits the selection."


class NothingToResume(Refused):
    """No run on this file was interrupted."""

    code = "nothing_to_resume"
    status = 409
    operator = "No run on the file waits to be gone on with."


class BudgetTooLow(Refused):
    """The amount to go on with is no more than what could be spent before."""

    code = "budget_too_low"
    status = 409
    operator = "The run was to go on with no more than it had."


class NothingToUndo(Refused):
    """The run changed no cell."""

    code = "nothing_to_undo"
    status = 409
    operator = "The run wrote nothing."


class DecisionUnknown(Refused):
    """A decision is not on the run's list, or not any more."""

    code = "decision_unknown"
    status = 409
    operator = "The decision is settled or was never offered."


class CreditsReleased(Refused):
    """What was bought and not decided on has given its share of the credits back."""

    code = "credits_released"
    status = 409
    operator = "The run's credits do not cover the choice."


class NothingToSwap(Refused):
    """The run has no cleaned column of this name whose values could be put in place."""

    code = "nothing_to_swap"
    status = 409
    operator = "There is no column to swap."


class UndoTooLate(Refused):
    """What the run stored has been erased by retention."""

    code = "undo_too_late"
    status = 410
    operator = "The before-images were erased."


class SheetFull(Refused):
    """There is no room for new columns to the right."""

    code = "sheet_full"
    operator = "There is no room for new columns."


class SheetProtected(Refused):
    """Its author forbids writing to the sheet: new columns would be written past that."""

    code = "sheet_protected"
    operator = "The sheet is protected."


class ColumnsProtected(Refused):
    """Where new columns would go, or in the header's row, its author forbids writing."""

    code = "columns_protected"
    operator = "The cells for new columns are protected."


class HostRefused(Refused):
    """The sheet's host refused a request as such: what it names is gone, may not be changed, or is full."""

    code = "host_refused"
    operator = "The sheet's host refused the request."


class FileProblem(Refused):
    """A workbook or list cannot be used."""

    code = "file_problem"
    operator = "The file cannot be used."


class FileUnknown(FileProblem):
    """There is no such file or document."""

    code = "file_unknown"
    status = 404
    operator = "The file does not exist."


class FileUnreadable(FileProblem):
    """The file is damaged, truncated, or not what its name says."""

    code = "file_unreadable"
    operator = "The file is damaged or not a workbook."


class FileLocked(FileProblem):
    """The workbook is protected by a password."""

    code = "file_locked"
    operator = "The workbook is encrypted."


class FileTooLarge(FileProblem):
    """The file, or what it unpacks to, is larger than we read."""

    code = "file_too_large"
    status = 413
    operator = "The file is too large or unpacks to too much."


class SheetUnknown(FileProblem):
    """The document has no sheet of this name or id."""

    code = "sheet_unknown"
    status = 404
    operator = "The sheet does not exist."


class SheetAddressWrong(FileProblem):
    """What was given as the address of a Google sheet is none; ``reason`` may be ``published``."""

    code = "sheet_address"
    operator = "The address is not one of a Google sheet."


class OutputExists(FileProblem):
    """The output would overwrite a file that is already there."""

    code = "output_exists"
    operator = "The output file exists already."


class DiskFull(AddonError):
    """No space left where we write."""

    code = "disk_full"
    status = 507
    operator = "No space is left on the device."


class QuoteProblem(Refused):
    """The run does not fit its quote."""

    code = "quote_problem"
    status = 409
    operator = "The quote does not fit."


class QuoteUnknown(QuoteProblem):
    """No such quote for this person."""

    code = "quote_unknown"
    operator = "The quote does not exist."


class QuoteUsed(QuoteProblem):
    """The quote has started a run already: its ceiling is that run's."""

    code = "quote_used"
    operator = "The quote has been used."


class QuoteExpired(QuoteProblem):
    """The quote is older than 15 minutes."""

    code = "quote_expired"
    operator = "The quote has expired."


class QuoteMismatch(QuoteProblem):
    """The run names another document, range or recipe than its quote."""

    code = "quote_mismatch"
    operator = "The run differs from its quote."


class KeyReused(Refused):
    """The idempotency key was used with another body."""

    code = "key_reused"
    status = 409
    operator = "The idempotency key was used with another body."


class KeyMissing(Refused):
    """A run was started without an idempotency key."""

    code = "key_missing"
    status = 400
    operator = "The Idempotency-Key header is missing or malformed."


class RunState(Refused):
    """The run is not in a state in which this can be done."""

    code = "run_state"
    status = 409
    operator = "The run is in another state."


class NotAllowed(AddonError):
    """The caller may not do this."""

    code = "not_allowed"
    status = 403
    operator = "The caller may not do this."


class NotSignedIn(NotAllowed):
    """No valid ticket came with the request."""

    code = "not_signed_in"
    status = 401
    operator = "No valid ticket."


class TermsNotAccepted(NotAllowed):
    """Nobody entitled has accepted the terms in force for this workspace."""

    code = "terms_not_accepted"
    operator = "The terms in force are not accepted."


class NotVisible(NotAllowed):
    """There is no such thing, or it belongs to somebody else: the answer is the same."""

    code = "not_found"
    status = 404
    operator = "Not found for this caller."


class HostNotConfigured(NotAllowed):
    """Whoever runs this house has not connected it to this host."""

    code = "host_not_configured"
    status = 404
    operator = "The host is not configured here."


class AccessLost(NotAllowed):
    """The host refuses the credential of the run's member: she can no longer open the file.

    Where it is her organisation that no longer lets us, ``reason`` is ``delegation_refused`` or
    ``delegation_unknown_user``.
    """

    code = "access_lost"
    operator = "The host refused the credential of the run's member."


class ConsentNeeded(AccessLost):
    """The member has not consented that we work for her (``not_connected``), or not any more.

    She can mend that herself. ``reason`` is ``not_connected`` or ``consent_ended``.
    """

    code = "consent_needed"
    operator = "The member has not consented to background work, or does not any more."


class CredentialMissing(NotAllowed):
    """The operator has named no service account, or one that cannot be used.

    ``reason`` is ``key_file`` (it cannot be read) or ``refused`` (Google does not take it).
    """

    code = "credential_missing"
    operator = "No usable Google service account."


class SheetNotShared(NotAllowed):
    """There is no such sheet, or it is not shared with the service account.

    Where its address is known, ``reason`` is ``account`` and ``account`` the address.
    """

    code = "sheet_not_shared"
    operator = "The sheet is not shared with the service account."


class SheetReadOnly(NotAllowed):
    """The sheet is shared with the service account for reading only; ``account`` as in `SheetNotShared`."""

    code = "sheet_read_only"
    operator = "The service account may only read the sheet."


class NotInstalled(NotAllowed):
    """The organisation that manages her account has not installed us, nor has she."""

    code = "not_installed"
    operator = "The Marketplace knows no installation for this organisation."


class ConsentFailed(NotAllowed):
    """A person's consent to background work did not come about; ``reason`` says why."""

    code = "consent_failed"
    operator = "The consent did not come about."


class OwnerOnly(NotAllowed):
    """Only the run's member may do this: it spends what she was quoted."""

    code = "owner_only"
    operator = "Only the run's member may do this."


class NotAdmitted(NotAllowed):
    """The workspace's administrator does not let this member run: ``blocked`` or ``not_listed``."""

    code = "not_admitted"
    operator = "The workspace's administrator does not let this member run."


class WorkspacePaused(NotAllowed):
    """The workspace's administrator has paused everything."""

    code = "workspace_paused"
    operator = "The workspace is paused by its administrator."


class FieldSwitchedOff(NotAllowed):
    """The workspace's administrator does not let this field be filled."""

    code = "field_switched_off"
    operator = "The field is switched off in the workspace."


class InPlaceSwitchedOff(NotAllowed):
    """The workspace's administrator does not let columns be cleaned in place."""

    code = "in_place_switched_off"
    operator = "Cleaning in place is switched off in the workspace."


class NotAdministrator(NotAllowed):
    """Her provider does not say that she administers her organisation, or could not be asked: ``reason``."""

    code = "not_administrator"
    operator = "The caller is not proven to administer the workspace."


class FormTooOld(NotAllowed):
    """A form came without the secret of the page that it stands on."""

    code = "form_too_old"
    operator = "The form's token is missing or not of this session."


class TooManyRequests(AddonError):
    """The caller asks more often than the limit."""

    code = "too_many_requests"
    status = 429
    operator = "The rate limit is reached."


class CellsProtected(AddonError):
    """Values of ours were sorted into cells that nobody lets us set right: the run waits for her."""

    code = "cells_protected"
    status = 409
    operator = "Values stand in wrong rows, in protected cells."


class HostTrouble(AddonError):
    """The sheet's host refused or did not answer; ``retry_after`` seconds may be known."""

    code = "host_trouble"
    status = 503
    operator = "The sheet's host did not answer as expected."

    def __init__(self, retry_after: float | None = None, **facts: str | int) -> None:
        """Keep how long the host asks us to wait."""
        super().__init__(**facts)
        self.retry_after = retry_after


class HostBusy(HostTrouble):
    """The host's quota is used for now: we wait before we ask."""

    code = "host_busy"
    operator = "The quota of the sheet's host is used for now."


class AnswerUncertain(HostTrouble):
    """A write may or may not have been applied: read back before sending again."""

    code = "answer_uncertain"
    operator = "The host's answer to a write was lost."


class SourceTrouble(AddonError):
    """A source of values did not answer; ``retry_after`` seconds may be known. Asking again is safe."""

    code = "source_trouble"
    status = 503
    operator = "A source of values did not answer."

    def __init__(self, retry_after: float | None = None, **facts: str | int) -> None:
        """Keep how long the source asks us to wait."""
        super().__init__(**facts)
        self.retry_after = retry_after


class EngineUnavailable(AddonError):
    """The database or Redis cannot be reached or started."""

    code = "engine_unavailable"
    status = 503
    operator = "A required engine is not available."


class Lost(AddonError):
    """A lease or fence was lost: somebody else has taken over; stop quietly, write nothing."""

    code = "lease_lost"
    status = 409
    operator = "The lease was lost."
