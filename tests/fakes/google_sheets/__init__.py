"""Google's Sheets v4 and the little of Drive v3 that we call, over real HTTP. See README.md beside it."""
