package dev.weft.gateway.body;

import java.util.List;

/**
 * A body that has been read.
 *
 * @param object   one JSON object in UTF-8
 * @param unpacked whether it came in a coding that has been undone
 */
public record ReadBody(byte[] object, List<FilePart> files, boolean unpacked) {}
