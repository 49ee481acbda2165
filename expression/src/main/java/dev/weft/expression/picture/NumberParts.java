package dev.weft.expression.picture;

import org.jspecify.annotations.Nullable;

/** A picture split into its parts; {@code exponent} is null without one. */
record NumberParts(
        String picture,
        String prefix,
        String suffix,
        String active,
        String mantissa,
        @Nullable String exponent,
        String integer,
        String fraction) {

    static NumberParts of(String picture, NumberSymbols symbols) {
        var start = 0;
        var end = picture.length();
        while (start < end && !isEdge(symbols, picture.charAt(start))) {
            start++;
        }
        while (end > start && !isEdge(symbols, picture.charAt(end - 1))) {
            end--;
        }
        if (start == end) {
            // Without any digit there is no prefix and no suffix.
            start = 0;
            end = picture.length();
        }
        var active = picture.substring(start, end);
        var exponent = picture.indexOf(symbols.get("exponent-separator"), start);
        var hasExponent = exponent >= 0 && exponent <= end && exponent < start + active.length() + 1;
        var at = Math.min(exponent < 0 ? 0 : exponent, active.length());
        var mantissa = hasExponent ? active.substring(0, at) : active;
        var suffix = picture.substring(end);
        var point = mantissa.indexOf(symbols.get("decimal-separator"));
        return new NumberParts(
                picture,
                picture.substring(0, start),
                suffix,
                active,
                mantissa,
                hasExponent ? active.substring(Math.min(exponent + 1, active.length())) : null,
                point < 0 ? mantissa : mantissa.substring(0, point),
                // Without a decimal separator the reference takes the suffix for the fraction, which then has no
                // digits.
                point < 0 ? suffix : mantissa.substring(point + 1));
    }

    private static boolean isEdge(NumberSymbols symbols, char c) {
        return symbols.isActive(c) && !symbols.is(c, "exponent-separator");
    }
}
