package org.dunlin.platform.engine;

/** Something that must be in place before engine and web server start; ordered with {@code @Order}. Safe to run at each start. */
public interface StartUpStep {

    int MODELS = 100;
    int USERS = 200;
    int CLEAN_UP = 300;

    void run();
}
