package io.github.twatcache.key;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** The values of {@code java.time}. */
final class TimeScalars {
    static final List<Scalar<?>> ALL = List.of(
            new Scalar<>(
                    Tag.INSTANT,
                    Instant.class,
                    (to, v) -> to.i64(v.getEpochSecond()).i32(v.getNano()),
                    s -> Instant.ofEpochSecond(s.i64(), s.i32())),
            new Scalar<>(
                    Tag.DURATION,
                    Duration.class,
                    (to, v) -> to.i64(v.getSeconds()).i32(v.getNano()),
                    s -> Duration.ofSeconds(s.i64(), s.i32())),
            new Scalar<>(
                    Tag.PERIOD,
                    Period.class,
                    (to, v) -> to.i32(v.getYears()).i32(v.getMonths()).i32(v.getDays()),
                    s -> Period.of(s.i32(), s.i32(), s.i32())),
            new Scalar<>(Tag.LOCAL_DATE, LocalDate.class, TimeScalars::date, TimeScalars::date),
            new Scalar<>(Tag.LOCAL_TIME, LocalTime.class, TimeScalars::time, TimeScalars::time),
            new Scalar<>(Tag.LOCAL_DATE_TIME, LocalDateTime.class, TimeScalars::dateTime, TimeScalars::dateTime),
            new Scalar<>(
                    Tag.OFFSET_TIME,
                    OffsetTime.class,
                    (to, v) -> offset(time(to, v.toLocalTime()), v.getOffset()),
                    s -> OffsetTime.of(time(s), offset(s))),
            new Scalar<>(
                    Tag.OFFSET_DATE_TIME,
                    OffsetDateTime.class,
                    (to, v) -> offset(dateTime(to, v.toLocalDateTime()), v.getOffset()),
                    s -> OffsetDateTime.of(dateTime(s), offset(s))),
            new Scalar<>(
                    Tag.ZONED_DATE_TIME,
                    ZonedDateTime.class,
                    (to, v) -> offset(dateTime(to, v.toLocalDateTime()), v.getOffset())
                            .text(v.getZone().getId()),
                    TimeScalars::zoned),
            new Scalar<>(Tag.YEAR, Year.class, (to, v) -> to.i32(v.getValue()), s -> Year.of(s.i32())),
            new Scalar<>(
                    Tag.YEAR_MONTH,
                    YearMonth.class,
                    (to, v) -> to.i32(v.getYear()).u8(v.getMonthValue()),
                    s -> YearMonth.of(s.i32(), s.u8())),
            new Scalar<>(
                    Tag.MONTH_DAY,
                    MonthDay.class,
                    (to, v) -> to.u8(v.getMonthValue()).u8(v.getDayOfMonth()),
                    s -> MonthDay.of(s.u8(), s.u8())),
            new Scalar<>(Tag.ZONE_OFFSET, ZoneOffset.class, TimeScalars::offset, TimeScalars::offset),
            new Scalar<>(Tag.ZONE_REGION, ZoneId.class, (to, v) -> to.text(v.getId()), s -> ZoneId.of(s.text())));

    private TimeScalars() {}

    private static ByteSink date(ByteSink to, LocalDate date) {
        return to.i32(date.getYear()).u8(date.getMonthValue()).u8(date.getDayOfMonth());
    }

    private static LocalDate date(ByteSource source) {
        return LocalDate.of(source.i32(), source.u8(), source.u8());
    }

    private static ByteSink time(ByteSink to, LocalTime time) {
        return to.i64(time.toNanoOfDay());
    }

    private static LocalTime time(ByteSource source) {
        return LocalTime.ofNanoOfDay(source.i64());
    }

    private static ByteSink dateTime(ByteSink to, LocalDateTime dateTime) {
        return time(date(to, dateTime.toLocalDate()), dateTime.toLocalTime());
    }

    private static LocalDateTime dateTime(ByteSource source) {
        return LocalDateTime.of(date(source), time(source));
    }

    private static ByteSink offset(ByteSink to, ZoneOffset offset) {
        return to.i32(offset.getTotalSeconds());
    }

    private static ZoneOffset offset(ByteSource source) {
        return ZoneOffset.ofTotalSeconds(source.i32());
    }

    /** The rules of a zone may have changed since; a time that would move by that is not read. */
    private static ZonedDateTime zoned(ByteSource source) {
        LocalDateTime local = dateTime(source);
        ZoneOffset offset = offset(source);
        ZonedDateTime zoned = ZonedDateTime.ofLocal(local, ZoneId.of(source.text()), offset);
        if (!zoned.toLocalDateTime().equals(local) || !zoned.getOffset().equals(offset)) {
            throw source.damaged("a time does not exist in its zone, whose rules may have changed,");
        }
        return zoned;
    }
}
