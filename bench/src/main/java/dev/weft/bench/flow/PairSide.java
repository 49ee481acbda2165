package dev.weft.bench.flow;

/** One build's run of a pair. */
record PairSide(double completed, double cpuMillis, double ackP99, int lost) {}
