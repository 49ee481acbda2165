package dev.weft.execution.jsonata;

/** An expression can not be evaluated within the service just now; the sandbox still can. */
final class NotHere extends Exception {

    private static final long serialVersionUID = 1L;

    NotHere() {
        super("Not within the service.", null, false, false);
    }
}
