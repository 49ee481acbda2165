package dev.weft.expression.picture;

/** Integers as letters: a, b, up to z, and then aa. */
record AlphabetNumbers(LetterCase letters) implements IntegerStyle {

    private char first() {
        return letters == LetterCase.UPPER ? 'A' : 'a';
    }

    @Override
    public String format(double number) {
        var text = new StringBuilder();
        for (var rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
            text.append((char) ((rest - 1) % 26 + first()));
        }
        return text.reverse().toString();
    }

    @Override
    public String regex() {
        return letters == LetterCase.UPPER ? "[A-Z]+" : "[a-z]+";
    }

    @Override
    public double parse(String text) {
        var number = 0.0;
        for (var i = 0; i < text.length(); i++) {
            number = number * 26 + (text.charAt(i) - first() + 1);
        }
        return number;
    }
}
