package dev.weft.registry.component;

import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.jsonapi.Resource;
import dev.weft.registry.catalogue.BuiltInComponent;
import java.util.List;
import java.util.function.Function;

/** A list of components with their latest versions and descriptors, whole or one page of it. */
final class ComponentPage {

    private ComponentPage() {}

    static Document of(List<BuiltInComponent> all, ListQuery query, Function<BuiltInComponent, Resource> form) {
        var shown = all.stream()
                .skip(query.page().skip())
                .limit(query.page().size())
                .toList();
        var resources = shown.stream().map(form).toList();
        var document =
                query.isPaged() ? Document.page(resources, all.size(), query) : Document.list(resources, query.path());
        return shown.isEmpty() ? document : document.including(ComponentResource.included(shown.stream()));
    }
}
