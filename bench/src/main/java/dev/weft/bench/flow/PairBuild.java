package dev.weft.bench.flow;

import dev.weft.bench.measure.ProcessUsage;

/** One build at work, and what its processes use. */
record PairBuild(FlowSession session, ProcessUsage usage) {}
