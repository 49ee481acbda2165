package dev.weft.gateway.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;

/**
 * Swagger UI at {@code /docs}. The page and its script are ours, since the ones that come with it ask another site for
 * an example; of its other files only those that the page loads are published.
 */
final class ApiViewer {

    private static final String VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final Map<String, String> LOADED = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "swagger-ui-standalone-preset.js", "text/javascript; charset=utf-8",
            "favicon-32x32.png", "image/png");

    private ApiViewer() {}

    /** By the path at which each is published. */
    static Map<String, PublishedFile> read() {
        try {
            var files = new HashMap<String, PublishedFile>();
            files.put("/docs", PublishedFile.of("text/html; charset=utf-8", own("viewer.html")));
            files.put("/docs/viewer.js", PublishedFile.of("text/javascript; charset=utf-8", own("viewer.js")));
            var folder = "META-INF/resources/webjars/swagger-ui/" + version() + "/";
            for (var file : LOADED.entrySet()) {
                files.put(
                        "/docs/" + file.getKey(),
                        PublishedFile.of(
                                file.getValue(),
                                new ClassPathResource(folder + file.getKey()).getContentAsByteArray()));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] own(String name) throws IOException {
        return new ClassPathResource(name, ApiViewer.class).getContentAsByteArray();
    }

    private static String version() throws IOException {
        var properties = new Properties();
        try (var file = new ClassPathResource(VERSION).getInputStream()) {
            properties.load(file);
        }
        return properties.getProperty("version");
    }
}
