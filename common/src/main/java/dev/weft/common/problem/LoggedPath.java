package dev.weft.common.problem;

import java.util.regex.Pattern;

/** The path of a request as a log may hold it. No id has more than 40 characters: what is longer may be a token. */
public final class LoggedPath {

    private static final Pattern LONG = Pattern.compile("(?<=/)[^/?]{41,}");

    private LoggedPath() {}

    /** @param path raw, with or without a query */
    public static String of(String path) {
        return LONG.matcher(path).replaceAll("***");
    }
}
