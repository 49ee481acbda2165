package dev.weft.expression.date;

import dev.weft.expression.picture.IntegerPicture;

/** The least and greatest number of characters of a part; negative when unlimited. */
record PartWidth(int least, int most) {

    static final PartWidth ANY = new PartWidth(-1, -1);

    static PartWidth of(String text) {
        var dash = text.indexOf('-');
        return dash < 0
                ? new PartWidth(bound(text), -1)
                : new PartWidth(bound(text.substring(0, dash)), bound(text.substring(dash + 1)));
    }

    private static int bound(String text) {
        var number = IntegerPicture.leading(text);
        return number >= 0 && number < 1000 ? (int) number : -1;
    }
}
