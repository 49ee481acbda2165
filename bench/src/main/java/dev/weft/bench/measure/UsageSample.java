package dev.weft.bench.measure;

/** CPU seconds, children included, and resident MiB. */
public record UsageSample(double cpuSeconds, long residentMiB) {}
