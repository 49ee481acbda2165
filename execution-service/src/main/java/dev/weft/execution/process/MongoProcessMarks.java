package dev.weft.execution.process;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** A small document a process: {@code processes: {_id, at, runs, active}}; there are few. */
@Repository
class MongoProcessMarks implements ProcessMarks {

    private final MongoCollection<Document> processes;

    MongoProcessMarks(MongoTemplate mongo) {
        this.processes = mongo.getCollection("processes");
    }

    @Override
    public void put(ProcessMark mark) {
        processes.replaceOne(
                Filters.eq("_id", mark.id()),
                new Document("_id", mark.id())
                        .append("at", new Date(mark.at()))
                        .append("runs", mark.runs())
                        .append("active", mark.active()),
                new ReplaceOptions().upsert(true));
    }

    @Override
    public void remove(String id) {
        processes.deleteOne(Filters.eq("_id", id));
    }

    @Override
    public List<ProcessMark> all() {
        var all = new ArrayList<ProcessMark>();
        for (var document : processes.find()) {
            all.add(new ProcessMark(
                    document.getString("_id"),
                    document.getDate("at").getTime(),
                    document.getInteger("runs", 0),
                    document.getInteger("active", 0)));
        }
        return all;
    }

    @Override
    public void forget(long before) {
        processes.deleteMany(Filters.lt("at", new Date(before)));
    }
}
