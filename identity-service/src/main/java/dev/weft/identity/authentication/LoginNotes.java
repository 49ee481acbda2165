package dev.weft.identity.authentication;

import dev.weft.identity.machinekey.MachineKey;
import dev.weft.identity.machinekey.MachineKeyRepository;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Stores when a user was last here, or a machine key was last used, at most once a minute, without making the caller wait. */
@Service
class LoginNotes {

    private final UserRepository users;
    private final MachineKeyRepository keys;
    private final Clock clock;

    LoginNotes(UserRepository users, MachineKeyRepository keys, Clock clock) {
        this.users = users;
        this.keys = keys;
        this.clock = clock;
    }

    void note(User user) {
        note("login-" + user.id(), user.lastLogin(), now -> users.noteLogin(user.id(), now));
    }

    void note(MachineKey key) {
        note("key-use-" + key.accessKey(), key.lastUsedAt(), now -> keys.noteUse(key.accessKey(), now));
    }

    private void note(String name, @Nullable Instant last, Consumer<Instant> write) {
        var now = clock.instant();
        if (last == null || last.plus(MachineKeyRepository.USE_NOTED_EVERY).isBefore(now)) {
            // Beside the request, which must neither wait for this write nor fail with it.
            Thread.ofVirtual().name(name).start(() -> write.accept(now));
        }
    }
}
