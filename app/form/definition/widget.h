// app/form/definition/widget.h - which widget fits a question. Not how it looks: that is the
// screens'.
#pragma once

namespace bordereau::form {

/// XForm control and bind type together: which widget fits.
enum class Widget {
    text,
    integer,
    decimal,
    date,
    time,
    date_time,
    select_one,
    select_multiple,
    rank,
    range,
    geopoint,
    geotrace,
    geoshape,
    image,
    audio,
    video,
    file,
    barcode,
    trigger,
    note,
    other
};

}  // namespace bordereau::form
