package dev.weft.common.egress;

import java.time.Duration;

/**
 * Room in memory for one answer. It is asked for in the order in which an answer comes into being, since what a server
 * announces costs it nothing: when more than a little of it has come, before it is unpacked, and when it is there.
 */
public interface AnswerPlace {

    /** Bytes for which no room is asked. */
    int SMALL = 16 * 1024;

    /**
     * The answer may come to so many bytes, as far as anybody knows.
     *
     * @param patience how long room may be waited for
     * @throws HttpCallFailure when there is none in time
     */
    void read(int most, Duration patience) throws HttpCallFailure;

    /**
     * A packed answer is about to be unpacked.
     *
     * @throws HttpCallFailure as {@link #read}
     */
    void unpack(int packed) throws HttpCallFailure;

    /**
     * It is there, and something is made of it.
     *
     * @throws HttpCallFailure as {@link #read}
     */
    void make(byte[] body) throws HttpCallFailure;
}
