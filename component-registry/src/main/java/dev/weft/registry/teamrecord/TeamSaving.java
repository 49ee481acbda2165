package dev.weft.registry.teamrecord;

/** The result of an attempt to save a team. */
public enum TeamSaving {
    DONE,
    /** Someone was faster: what was decided does not hold any more. */
    OUTPACED,
    NAME_TAKEN
}
