/** The whole product as several processes on one database, of which one, or the database, dies in the middle of the work. */
package org.dunlin.nodes;
