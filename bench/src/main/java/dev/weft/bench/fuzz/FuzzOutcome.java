package dev.weft.bench.fuzz;

/** A value, the code of a fault with its message, or what must not be. */
record FuzzOutcome(String kind, String said) {

    private static final int FRAMES = 4;
    static final FuzzOutcome FINE = new FuzzOutcome("fine", "");

    static FuzzOutcome broken(Throwable fault) {
        var said = new StringBuilder("ends with ").append(fault);
        for (var i = 0; i < Math.min(FRAMES, fault.getStackTrace().length); i++) {
            said.append(" < ").append(fault.getStackTrace()[i]);
        }
        return new FuzzOutcome("broken", said.toString());
    }
}
