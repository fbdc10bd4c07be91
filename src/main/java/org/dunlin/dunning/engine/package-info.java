/** Where the models meet the cases: the beans they name, and the constants of each process. */
package org.dunlin.dunning.engine;
