package dev.weft.common.jsonapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response document: {@code {"data","meta","included"?,"links"?}}; {@code meta} is always there (api-v2 1.2). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Document(
        Object data,
        Map<String, Object> meta,
        @Nullable List<Resource> included,
        @Nullable Map<String, @Nullable String> links) {

    public static Document of(Resource resource) {
        return new Document(resource, Map.of(), null, null);
    }

    /** One resource with others that were asked for; {@code links.self} is then also that of the document (api-v2 14.6). */
    public static Document of(Resource resource, List<Resource> included) {
        var links = resource.links();
        return new Document(resource, Map.of(), included, links == null ? null : new LinkedHashMap<>(links));
    }

    /** The answer of an operation that has nothing to show: {@code {"data":{},"meta":{}}}. */
    public static Document empty() {
        return new Document(Map.of(), Map.of(), null, null);
    }

    /** Something that there is once, without an id: {@code {"data":{"id":null,"type","attributes"},"meta":{}}}. */
    public static Document nameless(String type, Map<String, Object> attributes) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("id", null);
        data.put("type", type);
        data.put("attributes", attributes);
        return new Document(data, Map.of(), null, null);
    }

    /** A list given whole, with {@code links.self} the path of the collection without query. */
    public static Document list(List<Resource> resources, String self) {
        var links = new LinkedHashMap<String, @Nullable String>();
        links.put("self", self);
        return new Document(resources, Map.of(), null, links);
    }

    /** A list given whole, or the page of it that the client asked for. */
    public static Document list(List<Resource> all, ListQuery query) {
        if (!query.isPaged()) {
            return list(all, query.path());
        }
        var page = query.page();
        var shown = all.stream().skip(page.skip()).limit(page.size()).toList();
        return page(shown, all.size(), query);
    }

    /**
     * A list given whole, or the page of it that the client asked for, both of bounded bytes. What is too large to be
     * given whole is shown as a first page, whose links lead on.
     *
     * @param cut   whether the resources end before the size that was asked for
     * @param total of the list
     */
    public static Document list(List<Resource> found, boolean cut, long total, ListQuery query) {
        if (query.isPaged()) {
            return page(found, cut, total, query);
        }
        return found.isEmpty() || (!cut && total <= found.size())
                ? list(found, query.path())
                : page(found, true, total, query);
    }

    /** One page of a list, with totals and links to its neighbours; other query parameters are kept in the links. */
    public static Document page(List<Resource> resources, long total, ListQuery query) {
        return page(resources, total, query, query.page());
    }

    /**
     * A page whose bytes were bounded. When it ends before its size, it is shown as a page of smaller size, so that its
     * links lead on without a gap.
     *
     * @param cut whether the resources end before the size that was asked for
     */
    public static Document page(List<Resource> resources, boolean cut, long total, ListQuery query) {
        if (!cut) {
            return page(resources, total, query);
        }
        var smaller = query.page().reducedTo(resources.size());
        return page(resources.subList(0, smaller.size()), total, query, smaller);
    }

    private static Document page(List<Resource> resources, long total, ListQuery query, ListQuery.Page page) {
        var pages = (total + page.size() - 1) / page.size();
        var links = new LinkedHashMap<String, @Nullable String>();
        links.put("self", query.path());
        links.put("first", query.link(1, page.size()));
        links.put("prev", page.number() > 1 ? query.link(page.number() - 1, page.size()) : null);
        links.put("next", page.number() < pages ? query.link(page.number() + 1, page.size()) : null);
        links.put("last", query.link(Math.max(1, pages), page.size()));
        // In the order in which the contract shows the members.
        var meta = new LinkedHashMap<String, Object>();
        meta.put("page", page.number());
        meta.put("per_page", page.size());
        meta.put("total", total);
        meta.put("total_pages", pages);
        return new Document(resources, meta, null, links);
    }

    public Document including(List<Resource> more) {
        return new Document(data, meta, more, links);
    }
}
