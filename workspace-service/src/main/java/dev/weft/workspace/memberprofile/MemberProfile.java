package dev.weft.workspace.memberprofile;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A user as people see one: {@code {"id","tenant","email","first_name","last_name"}}. */
public record MemberProfile(
        String id,
        String tenant,
        String email,
        @JsonProperty("first_name") String firstName,
        @JsonProperty("last_name") String lastName) {}
