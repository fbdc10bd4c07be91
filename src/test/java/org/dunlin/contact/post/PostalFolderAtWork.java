package org.dunlin.contact.post;

import java.nio.file.Path;
import java.util.Map;
import org.dunlin.Variant;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.PlatformTransactionManager;

/** The adapter for a postal service that fetches print runs from a folder, which is not what tests are configured with. */
@TestComponent
public class PostalFolderAtWork {

    private final BeanFactory beans;
    private final PlatformTransactionManager transactions;

    PostalFolderAtWork(BeanFactory beans, PlatformTransactionManager transactions) {
        this.beans = beans;
        this.transactions = transactions;
    }

    /** Puts the run into that folder, as the step of the process does. */
    public boolean submit(long runId, Path folder) {
        return in(folder, transactions).submit(runId);
    }

    /** With transactions of that manager; everything else is the product's. */
    PostalFolder in(Path folder, PlatformTransactionManager itsTransactions) {
        return Variant.of(
                PostalFolder.class, beans, Map.of("properties", properties(folder), "transactions", itsTransactions));
    }

    private static LetterProperties properties(Path folder) {
        return new Binder(new MapConfigurationPropertySource(
                        Map.of("dunlin.letters.service", "folder", "dunlin.letters.folder", folder.toString())))
                .bind("dunlin.letters", LetterProperties.class)
                .get();
    }
}
