// sync/serve/blob_answering.h - what the answering side says about files, given what it keeps. Who
// asks, and whether they may, was settled before; which files are for them is the shelf's matter.
#pragma once

#include "storage/base/result.h"
#include "sync/blob_protocol.h"
#include "sync/blob_shelf.h"

namespace bordereau::sync {

/// The reply to a request. What it says is held is durable when it returns.
Result<BlobReply> reply_to(const BlobRequest& request, const BlobShelf& ours);

}  // namespace bordereau::sync
