package dev.weft.expression.picture;

import java.util.Locale;

/** The case of words and letters: lower, upper or title. */
public enum LetterCase {
    UPPER,
    LOWER,
    TITLE;

    /** @param titled as it is with capitals at the beginnings of words */
    public String of(String titled) {
        return switch (this) {
            case UPPER -> titled.toUpperCase(Locale.ROOT);
            case LOWER -> titled.toLowerCase(Locale.ROOT);
            case TITLE -> titled;
        };
    }
}
