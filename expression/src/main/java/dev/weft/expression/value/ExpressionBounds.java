package dev.weft.expression.value;

/**
 * The limits of one evaluation, and what it has used of them; for one thread. Values that it makes and drops count like
 * those it keeps, since nobody knows when they are collected; values of the input that it only passes on cost nothing.
 */
public final class ExpressionBounds {

    /** Bytes of a text beside its characters, of a member of an object, of an element of an array, about. */
    private static final int TEXT = 40;

    private static final int MEMBER = 64;
    private static final int ELEMENT = 16;

    private final long deadline;
    private final int depth;
    private final long most;
    private final long mostAtOnce;
    private long made;

    private ExpressionBounds(long deadline, int depth, long most, long mostAtOnce) {
        this.deadline = deadline;
        this.depth = depth;
        this.most = most;
        this.mostAtOnce = mostAtOnce;
    }

    /**
     * @param deadline of {@link System#nanoTime}
     * @param depth    nodes within nodes
     * @param most     bytes that it may make, about; asked for before they are made, wherever that is known
     */
    public ExpressionBounds(long deadline, int depth, long most) {
        this(deadline, depth, most, most);
    }

    /** Bounded by the heap alone: for trials and tests. */
    public ExpressionBounds(long deadline, int depth) {
        this(deadline, depth, Long.MAX_VALUE);
    }

    /**
     * In a process of its own with others: its heap bounds what is made, but no single value may be so large that there is
     * no room for it, or the process would end with the work of all.
     *
     * @param mostAtOnce bytes of one value, about
     */
    public static ExpressionBounds ofValues(long deadline, int depth, long mostAtOnce) {
        return new ExpressionBounds(deadline, depth, Long.MAX_VALUE, mostAtOnce);
    }

    public long deadline() {
        return deadline;
    }

    public int depth() {
        return depth;
    }

    /** Bytes that it has made, about. */
    public long made() {
        return made;
    }

    /**
     * So much more is about to be made.
     *
     * @throws ExpressionOverrun when that is too much
     */
    public void make(long bytes) {
        made += bytes;
        if (bytes > mostAtOnce || made > most) {
            throw ExpressionOverrun.ofMemory();
        }
    }

    public void makeText(long length) {
        make(TEXT + length);
    }

    public void makeMembers(int count) {
        make((long) MEMBER * count);
    }

    public void makeElements(int count) {
        make((long) ELEMENT * count);
    }
}
