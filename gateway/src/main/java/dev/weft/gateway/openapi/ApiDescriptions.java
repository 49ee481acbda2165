package dev.weft.gateway.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/**
 * The descriptions of all families of the API, {@code /openapi/v2.json} and later ones: each folder beside this class is
 * one, made of the files in it. {@code frame.yaml} is the first: the rest of a folder is about one resource each, so
 * that a new one brings its own file and changes no other.
 */
final class ApiDescriptions {

    private static final String FOLDERS = "classpath*:dev/weft/gateway/openapi/*/*.yaml";
    private static final String FRAME = "frame.yaml";

    private ApiDescriptions() {}

    /** By the path at which each is published. */
    static Map<String, PublishedFile> read(JsonMapper json) {
        var families = new TreeMap<String, DescriptionParts>();
        try {
            var parts = new PathMatchingResourcePatternResolver(ApiDescriptions.class.getClassLoader())
                    .getResources(FOLDERS);
            // Sorted, since a folder and an archive list their files in different orders, and the tag is of the bytes.
            Arrays.sort(parts, Comparator.comparing(ApiDescriptions::isNoFrame).thenComparing(ApiDescriptions::name));
            for (var part : parts) {
                families.computeIfAbsent(family(part), _ -> new DescriptionParts())
                        .add(name(part), parse(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var files = new HashMap<String, PublishedFile>();
        families.forEach((family, parts) -> {
            var description = parts.join();
            EdgeResponses.addTo(description);
            files.put(
                    "/openapi/" + family + ".json",
                    PublishedFile.of("application/json; charset=utf-8", json.writeValueAsBytes(description)));
        });
        return files;
    }

    private static Map<?, ?> parse(Resource part) throws IOException {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(part.getContentAsString(StandardCharsets.UTF_8));
    }

    private static boolean isNoFrame(Resource part) {
        return !name(part).equals(FRAME);
    }

    private static String name(Resource part) {
        return String.valueOf(part.getFilename());
    }

    private static String family(Resource part) {
        try {
            var folders = part.getURL().getPath().split("/", -1);
            return folders[folders.length - 2];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
