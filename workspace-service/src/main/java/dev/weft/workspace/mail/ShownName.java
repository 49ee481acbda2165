package dev.weft.workspace.mail;

import java.util.regex.Pattern;

/**
 * A name that somebody chose, as it may stand in a mail to somebody else: as a name and nothing more. It can not end a
 * header, and no program makes a link of it.
 */
final class ShownName {

    private static final int LONGEST = 80;

    /** A period only where no name of a host goes on behind it. */
    private static final Pattern UNFIT = Pattern.compile("[^\\p{L}\\p{M}\\p{N} '’._-]|\\.(?=\\S)");

    private ShownName() {}

    static String of(String chosen) {
        var shown =
                UNFIT.matcher(chosen).replaceAll(" ").replaceAll(" {2,}", " ").strip();
        return shown.codePointCount(0, shown.length()) <= LONGEST
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
