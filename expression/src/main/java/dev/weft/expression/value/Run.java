package dev.weft.expression.value;

import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The state of one evaluation: its input, the names given from outside, and its limits. */
public final class Run {

    /** Characters of a text that an expression may make; texts that are made one of the other would fill the memory. */
    private static final int TEXT = 16 << 20;

    /** Reading the clock at each node would cost as much as most nodes do. */
    private static final int NODES_BETWEEN_LOOKS = 15;

    private static final int STEPS_BETWEEN_LOOKS = 4095;

    private final @Nullable Object root;
    private final Function<String, @Nullable Object> names;
    private final ExpressionBounds bounds;
    private final Clock clock;
    private long now = Long.MIN_VALUE;
    private int visited;
    private int steps;
    private int depth;
    private boolean readsTexts;

    public Run(@Nullable Object root, Function<String, @Nullable Object> names, ExpressionBounds bounds, Clock clock) {
        this.root = root;
        this.names = names;
        this.bounds = bounds;
        this.clock = clock;
    }

    /** A name that no scope of the expression has. */
    @Nullable
    Object outside(String name) {
        if (name.equals("$")) {
            return root;
        }
        var given = names.apply(name);
        return given == null ? Nothing.NOTHING : given;
    }

    /** A text of the evaluation is read as an expression. */
    public void readText() {
        readsTexts = true;
    }

    /** The fault with which this ends, which knows whether its names may be words of a text. */
    public ExpressionFault ended(ExpressionFault fault) {
        return readsTexts ? fault.ofText() : fault;
    }

    /** The same instant for a whole evaluation. */
    public long now() {
        if (now == Long.MIN_VALUE) {
            now = clock.millis();
        }
        return now;
    }

    public void enter() {
        if (++depth > bounds.depth()) {
            throw ExpressionFault.bound("The expression recurses too deeply.");
        }
        if ((++visited & NODES_BETWEEN_LOOKS) == 0) {
            look();
        }
    }

    public void leave() {
        depth--;
    }

    /** One more element of a loop that evaluates nothing. */
    public void step() {
        if ((++steps & STEPS_BETWEEN_LOOKS) == 0) {
            look();
        }
    }

    /** Counts several elements at once, for a loop of the JDK that does not look at the time. */
    public void steps(int count) {
        steps += Math.min(count, STEPS_BETWEEN_LOOKS);
        if (steps > STEPS_BETWEEN_LOOKS) {
            steps = 0;
            look();
        }
    }

    private void look() {
        // Only differences of nanoTime can be compared: it counts from anywhere and may wrap around.
        if (System.nanoTime() - bounds.deadline() > 0) {
            throw ExpressionOverrun.ofTime();
        }
    }

    /** A new text is about to be made. */
    public void makeText(long length) {
        checkLength(length);
        bounds.makeText(length);
    }

    /** A text that is being made grows by so many characters. */
    public void grow(long characters) {
        bounds.make(characters);
    }

    /** A new object gets so many members. */
    public void makeMembers(int count) {
        bounds.makeMembers(count);
    }

    /** A new array gets so many elements. */
    public void makeElements(int count) {
        bounds.makeElements(count);
    }

    public static void checkLength(long length) {
        if (length > TEXT) {
            throw ExpressionFault.bound("A text in the expression grows too long.");
        }
    }
}
