package dev.weft.registry.teamrecord;

/** What became of a wish to save. */
public enum TeamSaving {
    DONE,
    /** Someone was faster: what was decided does not hold any more. */
    OUTPACED,
    NAME_TAKEN
}
