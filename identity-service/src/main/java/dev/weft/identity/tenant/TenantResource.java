package dev.weft.identity.tenant;

import dev.weft.common.jsonapi.Resource;
import dev.weft.identity.tenantrecord.Tenant;

/** A tenant on the wire (api-v2 4.1): the settings that were made, and the defaults of those that clients use. */
final class TenantResource {

    static final String TYPE = "tenant";

    private TenantResource() {}

    static Resource of(Tenant tenant) {
        var resource = Resource.of(TYPE, tenant.id(), "/v2/tenants/" + tenant.id())
                .attribute("name", tenant.name())
                .attribute("code", tenant.code())
                .attribute("app_domain", tenant.appDomain())
                .attribute("mandrill_email_from", tenant.emailFrom())
                .attribute("is_default", false)
                .attribute("default_workspace_type", tenant.defaultWorkspaceType());
        tenant.settings().forEach(resource::attribute);
        return resource.attribute(
                "feature_flags", FeatureFlags.withDefaults(tenant.settings().get("feature_flags")));
    }
}
