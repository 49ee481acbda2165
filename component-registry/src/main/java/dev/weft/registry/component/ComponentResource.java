package dev.weft.registry.component;

import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.Resource;
import dev.weft.common.jsonapi.Resource.Linkage;
import dev.weft.common.jsonapi.Resource.Relationship;
import dev.weft.registry.catalogue.BuiltInComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Components, versions and descriptors in JSON:API (api-v2 7.2, 7.3, 14.5). */
final class ComponentResource {

    private ComponentResource() {}

    static Resource component(BuiltInComponent component) {
        var self = path(component);
        return Resource.of("component", component.id(), self)
                .attribute("name", component.name())
                .attribute("team_name", BuiltInComponent.TEAM)
                .attribute("access", BuiltInComponent.ACCESS)
                .relationship("versions", Relationship.related(self + "/versions"))
                .relationship(
                        "latest_version",
                        new Relationship(
                                new Linkage(component.revision(), "version"),
                                Map.of("self", self + "/versions/latest")));
    }

    /** As a workspace sees it: with the contracts it is opened for, which are none, since it is open to all. */
    static Resource inWorkspace(BuiltInComponent component) {
        return component(component).attribute("whitelisted_contract_ids", List.of());
    }

    static Resource version(BuiltInComponent component) {
        return Resource.of("version", component.revision(), "/v2/versions/" + component.revision())
                .attribute("date", component.published().toEpochMilli())
                .attribute("version_number", BuiltInComponent.VERSION_NUMBER)
                .relationship(
                        "descriptor",
                        new Relationship(
                                new Linkage(component.revision(), "descriptor"),
                                Map.of("self", versionPath(component) + "/descriptor")))
                .toOne("component", "component", component.id(), "/v2/components");
    }

    static Resource descriptor(BuiltInComponent component) {
        var resource = Resource.of("descriptor", component.revision(), "/v2/descriptors/" + component.revision())
                .attribute("repo_name", component.name())
                .attribute("team_name", BuiltInComponent.TEAM)
                .attribute("short_revision", component.revision().substring(0, 7))
                .attribute("is_latest", true);
        component.descriptor().forEach(resource::attribute);
        return resource.relationship(
                "version",
                new Relationship(new Linkage(component.revision(), "version"), Map.of("self", versionPath(component))));
    }

    /** The environment variables, which a built-in component has none of. */
    static Resource environment(BuiltInComponent component) {
        return Resource.of("component-env", component.id(), "/v2/component-envs/" + component.id())
                .attribute("vars", Map.of());
    }

    static Document single(BuiltInComponent component) {
        return Document.of(component(component), included(Stream.of(component)));
    }

    /** Latest versions and their descriptors. */
    static List<Resource> included(Stream<BuiltInComponent> components) {
        return components
                .flatMap(component -> Stream.of(version(component), descriptor(component)))
                .toList();
    }

    private static String path(BuiltInComponent component) {
        return "/v2/components/" + component.id();
    }

    private static String versionPath(BuiltInComponent component) {
        return path(component) + "/versions/" + component.revision();
    }
}
