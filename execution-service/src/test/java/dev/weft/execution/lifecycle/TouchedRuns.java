package dev.weft.execution.lifecycle;

import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployments;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Something happens before and after each save. */
class TouchedRuns implements Deployments {

    private final Deployments runs;
    private final Runnable before;
    private final Runnable after;

    TouchedRuns(Deployments runs, Runnable before, Runnable after) {
        this.runs = runs;
        this.before = before;
        this.after = after;
    }

    @Override
    public boolean save(Deployment run) {
        return touched(() -> runs.save(run));
    }

    @Override
    public boolean saveAndTell(Deployment run) {
        return touched(() -> runs.saveAndTell(run));
    }

    private boolean touched(BooleanSupplier save) {
        before.run();
        var saved = save.getAsBoolean();
        after.run();
        return saved;
    }

    @Override
    public Optional<Deployment> find(String flowId) {
        return runs.find(flowId);
    }

    @Override
    public void forgetDeleted(Instant before) {
        runs.forgetDeleted(before);
    }

    @Override
    public List<String> open() {
        return runs.open();
    }

    @Override
    public List<String> pending(Instant before, int most) {
        return runs.pending(before, most);
    }

    @Override
    public List<String> withDrainingRuns() {
        return runs.withDrainingRuns();
    }

    @Override
    public List<Deployment.Owner> owners(Collection<String> ownerIds) {
        return runs.owners(ownerIds);
    }

    @Override
    public List<String> withStragglers() {
        return runs.withStragglers();
    }

    @Override
    public List<String> withLostQueues() {
        return runs.withLostQueues();
    }

    @Override
    public List<String> due(Instant now, int limit) {
        return runs.due(now, limit);
    }

    @Override
    public List<String> ofWorkspace(String workspaceId) {
        return runs.ofWorkspace(workspaceId);
    }

    @Override
    public void forgetEnded(String workspaceId) {
        runs.forgetEnded(workspaceId);
    }

    @Override
    public List<String> using(String credentialId) {
        return runs.using(credentialId);
    }
}
