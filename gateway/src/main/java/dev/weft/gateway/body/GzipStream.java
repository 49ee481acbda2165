package dev.weft.gateway.body;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * A gzip body (RFC 1952), which may have several members in a row; anything after them is ignored, as most readers do.
 * The JDK's GZIPInputStream recurses for each empty member, so a body of many empty members overflows its stack.
 */
final class GzipStream extends InputStream {

    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final byte[] packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private int at;
    private boolean open;

    GzipStream(byte[] packed) throws IOException {
        this.packed = packed;
        if (!begin()) {
            // The constructor fails, so nobody will call close(); the inflater's memory lies outside the heap.
            inflater.end();
            throw new ZipException("It does not begin as gzip does.");
        }
    }

    /** Whether there is a member; stands behind its header then. */
    private boolean begin() {
        var content = content();
        open = content >= 0;
        if (open) {
            at = content;
            // One inflater for all members, since creating one costs more than unpacking a small member.
            inflater.reset();
            inflater.setInput(packed, at, packed.length - at);
            sum.reset();
        }
        return open;
    }

    /** Where the content of the next member begins; negative when none does. */
    private int content() {
        if (packed.length - at < HEADER || octet(at) != MAGIC_1 || octet(at + 1) != MAGIC_2 || octet(at + 2) != 8) {
            return -1;
        }
        var flags = octet(at + 3);
        var next = at + HEADER;
        if ((flags & EXTRA) != 0) {
            if (packed.length - next < 2) {
                return -1;
            }
            next += 2 + (octet(next) | octet(next + 1) << 8);
        }
        if ((flags & NAME) != 0) {
            next = behindText(next);
        }
        if ((flags & COMMENT) != 0) {
            next = behindText(next);
        }
        if ((flags & HEADER_CRC) != 0) {
            next += 2;
        }
        return next <= packed.length ? next : -1;
    }

    private int behindText(int from) {
        var next = from;
        while (next < packed.length && packed[next] != 0) {
            next++;
        }
        return next + 1;
    }

    private int octet(int index) {
        return packed[index] & 0xff;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        // A loop and no recursion: empty members may follow each other by the hundred thousand.
        while (open) {
            var read = inflate(bytes, offset, length);
            if (read > 0) {
                sum.update(bytes, offset, read);
                return read;
            }
            if (inflater.finished()) {
                end();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("It needs a dictionary.");
            } else {
                throw new EOFException("It ends in the middle.");
            }
        }
        return -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(bytes, offset, length);
        } catch (DataFormatException e) {
            throw new ZipException(String.valueOf(e.getMessage()));
        }
    }

    private void end() throws IOException {
        var trailer = packed.length - inflater.getRemaining();
        if (packed.length - trailer < TRAILER) {
            throw new EOFException("It ends in the middle.");
        }
        if (word(trailer) != (int) sum.getValue() || word(trailer + 4) != (int) inflater.getBytesWritten()) {
            throw new ZipException("It is damaged.");
        }
        at = trailer + TRAILER;
        // Bytes that do not begin like a member are padding or the sender's mistake; everything packed has been read.
        begin();
    }

    private int word(int from) {
        return octet(from) | octet(from + 1) << 8 | octet(from + 2) << 16 | octet(from + 3) << 24;
    }

    @Override
    public void close() {
        inflater.end();
        open = false;
    }
}
