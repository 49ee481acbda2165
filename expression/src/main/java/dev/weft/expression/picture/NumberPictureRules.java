package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;

/** Checks a picture against the rules of the specification. */
final class NumberPictureRules {

    private NumberPictureRules() {}

    static void check(NumberParts parts, NumberSymbols symbols) {
        var picture = parts.picture();
        var point = symbols.get("decimal-separator");
        var comma = symbols.get("grouping-separator");
        // All rules are checked, and the last broken one is reported, as in the reference.
        var broken = "";
        if (isRepeated(picture, point)) {
            broken = "D3081";
        }
        if (isRepeated(picture, symbols.get("percent"))) {
            broken = "D3082";
        }
        if (isRepeated(picture, symbols.get("per-mille"))) {
            broken = "D3083";
        }
        if (picture.contains(symbols.get("percent")) && picture.contains(symbols.get("per-mille"))) {
            broken = "D3084";
        }
        if (parts.mantissa().chars().noneMatch(c -> symbols.isAnyDigit((char) c))) {
            broken = "D3085";
        }
        if (!parts.active().chars().allMatch(c -> symbols.isActive((char) c))) {
            broken = "D3086";
        }
        if (picture.contains(point)) {
            if (picture.contains(comma + point) || picture.contains(point + comma)) {
                broken = "D3087";
            }
        } else if (parts.integer().endsWith(comma)) {
            broken = "D3088";
        }
        if (picture.contains(comma + comma)) {
            broken = "D3089";
        }
        var optional = parts.integer().indexOf(symbols.get("digit"));
        if (optional >= 0 && symbols.count(parts.integer().substring(0, optional)) > 0) {
            broken = "D3090";
        }
        optional = parts.fraction().lastIndexOf(symbols.get("digit"));
        if (optional >= 0 && symbols.count(parts.fraction().substring(optional)) > 0) {
            broken = "D3091";
        }
        var exponent = parts.exponent();
        if (exponent != null) {
            if (!exponent.isEmpty()
                    && (picture.contains(symbols.get("percent")) || picture.contains(symbols.get("per-mille")))) {
                broken = "D3092";
            }
            if (exponent.isEmpty() || symbols.count(exponent) < exponent.length()) {
                broken = "D3093";
            }
        }
        if (!broken.isEmpty()) {
            throw ExpressionFault.of(broken);
        }
    }

    private static boolean isRepeated(String picture, String symbol) {
        return picture.indexOf(symbol) != picture.lastIndexOf(symbol);
    }
}
