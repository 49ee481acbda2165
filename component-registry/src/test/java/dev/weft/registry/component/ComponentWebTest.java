package dev.weft.registry.component;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.jsonapi.ErrorHandler;
import dev.weft.registry.catalogue.BuiltInCatalogue;
import dev.weft.registry.catalogue.BuiltInComponent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.json.JsonMapper;

class ComponentWebTest {

    private static final String MEMBERS_ONLY = "5a0000000000000000000001";
    private static final Caller CALLER = new Caller(
            Caller.Kind.USER, "5a00000000000000000000aa", "5a00000000000000000000bb", "a@b.c", List.of(), "");

    private final BuiltInCatalogue catalogue = new BuiltInCatalogue(new JsonMapper());
    private final BuiltInComponent http = catalogue.findByName("http").orElseThrow();
    private boolean member = true;
    private MockMvc mvc;

    @BeforeEach
    void start() {
        var access = new AccessClient((_, _) ->
                Optional.of(new Grants("5a00000000000000000000bb", MEMBERS_ONLY, "active", member, Set.of())));
        var service = new ComponentService(catalogue, access);
        mvc = MockMvcBuilders.standaloneSetup(
                        new ComponentController(service),
                        new WorkspaceComponentController(service),
                        new ComponentVersionController(service))
                .setControllerAdvice(new ErrorHandler())
                .setCustomArgumentResolvers(new KnownCaller())
                .setMessageConverters(new JacksonJsonHttpMessageConverter(new JsonMapper()))
                .build();
    }

    @Test
    void listsTheCatalogueWithVersionsAndDescriptors() throws Exception {
        mvc.perform(get("/v2/components?contract_id=" + MEMBERS_ONLY + "&filter[access]=public"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.data", hasSize(9)))
                .andExpect(jsonPath("$.included", hasSize(18)))
                .andExpect(jsonPath("$.links.self").value("/v2/components"));
    }

    @Test
    void aContractOwnsNoneOfThem() throws Exception {
        mvc.perform(get("/v2/components?contract_id=" + MEMBERS_ONLY + "&filter[access]=private"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.data", hasSize(0)))
                .andExpect(jsonPath("$.included").doesNotExist());
        mvc.perform(get("/v2/components?contract_id=" + MEMBERS_ONLY + "&filter[access]=private,private"))
                .andExpect(jsonPath("$.data", hasSize(0)));
    }

    @Test
    void needsAContractAndMembership() throws Exception {
        mvc.perform(get("/v2/components")).andExpect(status().isBadRequest());
        mvc.perform(get("/v2/components?contract_id=" + MEMBERS_ONLY + "&filter[access]=some"))
                .andExpect(status().isBadRequest());

        member = false;

        mvc.perform(get("/v2/components?contract_id=" + MEMBERS_ONLY)).andExpect(status().isForbidden());
        mvc.perform(get("/v2/workspace/" + MEMBERS_ONLY + "/components")).andExpect(status().isForbidden());
        mvc.perform(get("/v2/components/all")).andExpect(status().isForbidden());
    }

    @Test
    void showsOneComponentUnderAllItsPaths() throws Exception {
        mvc.perform(get("/v2/components/" + http.id()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.data.attributes.team_name").value("weft"))
                .andExpect(
                        jsonPath("$.data.relationships.latest_version.data.id").value(http.revision()))
                .andExpect(jsonPath("$.included[*].type", contains("version", "descriptor")));
        for (var path : List.of(
                "/v2/components/" + http.id() + "/versions/latest/descriptor",
                "/v2/components/" + http.id() + "/versions/1/descriptor",
                "/v2/descriptors/" + http.revision())) {
            mvc.perform(get(path))
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.data.attributes.actions.request.fields.retries.maximum")
                            .value(10));
        }
        mvc.perform(get("/v2/workspaces/" + MEMBERS_ONLY + "/components/" + http.id()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.data.attributes.whitelisted_contract_ids", hasSize(0)));
    }

    @Test
    void refusesToChangeABuiltInComponent() throws Exception {
        var path = "/v2/components/" + http.id();

        mvc.perform(patch(path)).andExpect(status().isForbidden());
        mvc.perform(delete(path)).andExpect(status().isForbidden());
        mvc.perform(delete(path + "/versions/latest")).andExpect(status().isForbidden());
        mvc.perform(delete("/v2/components/" + MEMBERS_ONLY)).andExpect(status().isNotFound());
        mvc.perform(delete(path + "/versions/7")).andExpect(status().isNotFound());
    }

    private static final class KnownCaller implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                ModelAndViewContainer container,
                NativeWebRequest request,
                WebDataBinderFactory binders) {
            return CALLER;
        }
    }
}
