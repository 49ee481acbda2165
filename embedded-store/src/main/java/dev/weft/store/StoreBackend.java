package dev.weft.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import dev.weft.store.collection.ChangeRecorder;
import dev.weft.store.collection.StoreDatabase;
import dev.weft.store.index.StoreMaps;
import dev.weft.store.key.StoreKey;
import dev.weft.store.reading.OpenCursors;
import io.netty.channel.Channel;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The library's backend on the maps of the store, plus commands that drivers use and the library lacks. */
final class StoreBackend extends AbstractMongoBackend {
    private final StoreMaps maps;
    private final ChangeRecorder changes;
    private final OpenCursors cursors = new OpenCursors();

    StoreBackend(StoreMaps maps, ChangeRecorder changes) {
        super(Clock.systemUTC());
        this.maps = maps;
        this.changes = changes;
        maps.databases().toList().forEach(this::resolveDatabase);
    }

    void replay(String namespace, StoreKey position, byte @Nullable [] document) {
        var dot = namespace.indexOf('.');
        var database = (StoreDatabase) resolveDatabase(namespace.substring(0, dot));
        database.replay(namespace.substring(dot + 1), position, document);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new StoreDatabase(name, getCursorRegistry(), maps, changes, cursors);
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        return switch (command) {
            case "hello" -> greeting(super.handleCommand(channel, database, "ismaster", query));
            case "isMaster", "ismaster" -> greeting(super.handleCommand(channel, database, "ismaster", query));
            case "getMore" -> cursors.more(query);
            case "killCursors" -> cursors.kill(query);
            default -> super.handleCommand(channel, database, command, query);
        };
    }

    private static Document greeting(Document master) {
        // A driver that sees helloOk may use the newer command hello, whose answer has isWritablePrimary in place of
        // ismaster.
        return master.append("isWritablePrimary", true).append("helloOk", true).append("readOnly", false);
    }
}
