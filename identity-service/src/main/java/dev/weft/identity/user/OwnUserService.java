package dev.weft.identity.user;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.password.PasswordGuard;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The use cases of users on their own records (api-v2 4.5). */
@Service
class OwnUserService {

    private final UserRepository users;
    private final Directory directory;
    private final PasswordGuard guard;

    OwnUserService(UserRepository users, Directory directory, PasswordGuard guard) {
        this.users = users;
        this.directory = directory;
        this.guard = guard;
    }

    @OpenToAll("everybody may see himself")
    User me(Caller caller) {
        return users.find(caller.id())
                .filter(_ -> caller.kind() == Caller.Kind.USER)
                .orElseThrow(() -> Problem.of(ProblemCode.FORBIDDEN, "Only a user has a record of its own.")
                        .exception());
    }

    /** Names and company; a new password needs the current one, and wrong ones are counted by {@code address}. */
    @OpenToAll("everybody may change himself")
    User changeMe(Caller caller, String address, Supplier<UserChange> document) {
        var present = me(caller);
        var wish = document.get();
        var user = wish.appliedTo(present);
        if (wish.password().isPresent()) {
            requirePassword(present, wish.currentPassword(), address);
            directory.changePassword(
                    present.id(), present.email(), wish.password().get());
        }
        users.update(present, user);
        return user;
    }

    private void requirePassword(User user, String password, String address) {
        switch (guard.check(user.email(), password, address)) {
            case RIGHT -> {}
            case WRONG ->
                throw Problem.invalid("current_password", "This is not the current password.")
                        .exception();
            case TOO_MANY ->
                throw Problem.of(ProblemCode.TOO_MANY_REQUESTS, "Too many wrong passwords; try again in a minute.")
                        .exception();
        }
    }
}
