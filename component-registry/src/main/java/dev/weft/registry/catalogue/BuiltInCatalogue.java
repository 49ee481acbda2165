package dev.weft.registry.catalogue;

import dev.weft.common.id.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * All built-in components. Each is a descriptor {@code catalogue/<name>.json} and a drawing {@code <name>.svg}; only what
 * execution-service can run is listed.
 */
@Service
public class BuiltInCatalogue {

    private static final List<String> NAMES =
            List.of("webhook", "timer", "mapper", "filter", "splitter", "http", "code", "email", "log");
    private static final Instant PUBLISHED = Instant.parse("2026-11-24T00:00:00Z");

    private final JsonMapper json;
    private final Map<String, BuiltInComponent> byId;
    private final Map<String, BuiltInComponent> byName;

    public BuiltInCatalogue(JsonMapper json) {
        this.json = json;
        this.byId = NAMES.stream()
                .map(this::read)
                .sorted(Comparator.comparing(BuiltInComponent::id))
                .collect(Collectors.toMap(BuiltInComponent::id, Function.identity(), (a, _) -> a, LinkedHashMap::new));
        this.byName = byId.values().stream().collect(Collectors.toMap(BuiltInComponent::name, Function.identity()));
    }

    /** All of them in ascending order of id. */
    public Stream<BuiltInComponent> all() {
        return byId.values().stream();
    }

    public Optional<BuiltInComponent> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<BuiltInComponent> findByName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<BuiltInComponent> findByRevision(String revision) {
        return all().filter(component -> component.revision().equals(revision)).findFirst();
    }

    private BuiltInComponent read(String name) {
        Map<String, Object> manifest = json.readValue(resource(name + ".json"), new TypeReference<>() {});
        var descriptor = new LinkedHashMap<String, Object>();
        manifest.forEach((member, value) -> {
            descriptor.put(member, value);
            if (member.equals("description")) {
                descriptor.put("icon", Base64.getEncoder().encodeToString(resource(name + ".svg")));
            }
        });
        return new BuiltInComponent(
                // Derived from the name, so that a flow finds its component after an update, and in another
                // installation too.
                Ids.sha1(BuiltInComponent.TEAM + "/" + name).substring(0, 24),
                name,
                // A digest of the canonical content: all replicas of a release agree on it, and a changed descriptor
                // makes another version.
                Ids.sha1(json.writeValueAsString(CanonicalJson.of(descriptor))),
                PUBLISHED,
                descriptor);
    }

    private static byte[] resource(String file) {
        try (InputStream in = BuiltInCatalogue.class.getResourceAsStream("/catalogue/" + file)) {
            if (in == null) {
                throw new IllegalStateException("The catalogue has no file " + file + ".");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
