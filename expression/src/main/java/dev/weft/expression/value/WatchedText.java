package dev.weft.expression.value;

/** A text that checks the time limit whenever a pattern reads one of its characters. */
public record WatchedText(String text, Run run) implements CharSequence {

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        run.step();
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
