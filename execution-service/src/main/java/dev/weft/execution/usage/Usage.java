package dev.weft.execution.usage;

/**
 * What was used (api-v2 12).
 *
 * @param cpu    milliseconds in which a step was at work: as many thousandths of a processor's second
 * @param memory mebibytes of messages in work, times seconds
 */
record Usage(long cpu, double memory) {

    static final Usage NONE = new Usage(0, 0);

    Usage plus(Usage other) {
        return new Usage(cpu + other.cpu, memory + other.memory);
    }
}
