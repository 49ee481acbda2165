package dev.weft.execution.usage;

/** A flow and a day as they are stored: {@code 2026-11-30}. */
record StoredUsage(String flow, String day) {

    private static final int MONTH = "2026-11".length();

    String month() {
        return day.substring(0, MONTH);
    }
}
