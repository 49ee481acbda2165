package dev.weft.identity.machinekey;

import java.util.List;

/**
 * A page of keys.
 *
 * @param cut   whether the page ends before the size that was asked for
 * @param total how many there are
 */
record FoundMachineKeys(List<MachineKey> keys, boolean cut, long total) {}
