package dev.weft.gateway.openapi;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** All files that are shown to anybody, by their paths: {@code /openapi/v2.json}, {@code /docs} and what it loads. */
public final class PublishedFiles {

    private final Map<String, PublishedFile> files = new TreeMap<>();

    private PublishedFiles(Map<String, PublishedFile> descriptions, Map<String, PublishedFile> viewer) {
        files.putAll(descriptions);
        files.putAll(viewer);
    }

    /** Reads all of them; a part of a description that does not fit to the others is an exception. */
    public static PublishedFiles read(JsonMapper json) {
        return new PublishedFiles(ApiDescriptions.read(json), ApiViewer.read());
    }

    /** @param path with or without a slash at its end (api-v2 1.1) */
    public Optional<PublishedFile> find(String path) {
        var plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return Optional.ofNullable(files.get(plain));
    }
}
