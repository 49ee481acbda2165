package dev.weft.flow.reference;

import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the clients of other services. */
@Configuration(proxyBeanMethods = false)
@EnableFeignClients(clients = {RemoteRegistryApi.class, RemoteWorkspaceApi.class})
class RemoteReferences {

    @Bean
    CommandLookup commandLookup(RemoteRegistryApi registry, RemoteCalls calls) {
        return new RemoteCommandLookup(registry, calls);
    }

    @Bean
    CredentialLookup credentialLookup(RemoteWorkspaceApi workspaces, RemoteCalls calls) {
        return new RemoteCredentialLookup(workspaces, calls);
    }

    @Bean
    WorkspaceDefaults workspaceDefaults(RemoteWorkspaceApi workspaces, RemoteCalls calls) {
        return new RemoteWorkspaceDefaults(workspaces, calls);
    }

    @Bean
    WorkspaceLookup workspaceLookup(RemoteWorkspaceApi workspaces, ServiceTokens tokens, RemoteCalls calls) {
        return new RemoteWorkspaceLookup(workspaces, tokens, calls);
    }
}
