package io.github.twatcache.key;

/** The bytes that begin an encoded object; {@code docs/key-format.md} has the same table with what follows each. */
final class Tag {
    static final int VERSION = 1;
    static final int KEY = 'K';
    static final int VALUE = 'V';

    static final int NULL = 0x00;
    static final int FALSE = 0x01;
    static final int TRUE = 0x02;
    static final int BYTE = 0x03;
    static final int SHORT = 0x04;
    static final int CHAR = 0x05;
    static final int INT = 0x06;
    static final int LONG = 0x07;
    static final int FLOAT = 0x08;
    static final int DOUBLE = 0x09;
    static final int STRING8 = 0x0A;
    static final int STRING16 = 0x0B;
    static final int BIG_INTEGER = 0x0C;
    static final int BIG_DECIMAL = 0x0D;

    static final int BOOLEANS = 0x10;
    static final int BYTES = 0x11;
    static final int SHORTS = 0x12;
    static final int CHARS = 0x13;
    static final int INTS = 0x14;
    static final int LONGS = 0x15;
    static final int FLOATS = 0x16;
    static final int DOUBLES = 0x17;
    static final int OBJECTS = 0x18;
    static final int XXH3_128 = 0x1E;
    static final int SHA_256 = 0x1F;

    static final int ENUM = 0x20;
    static final int RECORD = 0x21;
    static final int CLASS = 0x22;
    static final int REGISTERED = 0x23;

    static final int LIST = 0x28;
    static final int SET = 0x29;
    static final int MAP = 0x2A;
    static final int QUEUE = 0x2B;
    static final int PRIORITY_QUEUE = 0x2C;
    static final int COLLECTION = 0x2D;
    static final int ENTRY = 0x2E;
    static final int BIT_SET = 0x2F;

    static final int OPTIONAL = 0x30;
    static final int OPTIONAL_INT = 0x31;
    static final int OPTIONAL_LONG = 0x32;
    static final int OPTIONAL_DOUBLE = 0x33;

    static final int INSTANT = 0x40;
    static final int DURATION = 0x41;
    static final int PERIOD = 0x42;
    static final int LOCAL_DATE = 0x43;
    static final int LOCAL_TIME = 0x44;
    static final int LOCAL_DATE_TIME = 0x45;
    static final int OFFSET_TIME = 0x46;
    static final int OFFSET_DATE_TIME = 0x47;
    static final int ZONED_DATE_TIME = 0x48;
    static final int YEAR = 0x49;
    static final int YEAR_MONTH = 0x4A;
    static final int MONTH_DAY = 0x4B;
    static final int ZONE_OFFSET = 0x4C;
    static final int ZONE_REGION = 0x4D;
    static final int DATE = 0x4E;

    static final int UUID = 0x50;
    static final int URI = 0x51;
    static final int URL = 0x52;
    static final int PATH = 0x53;
    static final int FILE = 0x54;
    static final int LOCALE = 0x55;
    static final int CURRENCY = 0x56;
    static final int CHARSET = 0x57;
    static final int PATTERN = 0x58;

    private Tag() {}
}
