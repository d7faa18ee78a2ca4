using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionApp.Tests.FunctionApp.OpenApi;

/// <summary>What the document says of a job is what its method declares, and what the door does.</summary>
public sealed class JobSchemaTests(RealServers servers) : IAsyncLifetime
{
    private App app = null!;
    private JsonNode document = null!;

    public async ValueTask InitializeAsync()
    {
        app = await App.StartAsync(servers, configure: builder => builder.Services.AddJobsOf<SchemaJobs>());
        document = (await app.Http.GetFromJsonAsync<JsonNode>(new Uri("api/openapi.json", UriKind.Relative)))!;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public void Operation_SaysWhatTheCommentSays()
    {
        var operation = document["paths"]!["/jobs/schema.book-room"]!["post"]!;
        Assert.Equal(
            ("enqueueSchemaBookRoom", "Books a room", "Sends `mail` to `guest`. Former names, which still work: `schema.reserve`.", true),
            ((string)operation["operationId"]!, (string)operation["summary"]!, (string)operation["description"]!, (bool)operation["requestBody"]!["required"]!));
        Assert.Equal("schema.plant", (string)document["paths"]!["/jobs/schema.plant"]!["post"]!["summary"]!);
    }

    [Fact]
    public void Arguments_AreThoseOfTheSignature_WithoutWhatIsSupplied() => AssertJson("""
        {
          "type": "object",
          "description": "The arguments of schema.book-room by name.",
          "properties": {
            "guest": { "type": "string", "minLength": 1, "maxLength": 40, "description": "Who comes." },
            "nights": { "type": "integer", "format": "uint8", "minimum": 1, "maximum": 30, "description": "For how long." },
            "board": { "type": "string", "enum": ["none", "halfBoard", "full"], "description": "What is eaten.", "default": "halfBoard" },
            "from": { "type": ["string", "null"], "format": "date", "description": "The first day.", "default": null },
            "home": {
              "type": ["object", "null"],
              "properties": {
                "street": { "type": "string", "minLength": 1, "description": "With the number." },
                "zip": { "type": ["string", "null"], "minLength": 5, "maxLength": 5, "description": "Five digits." },
                "web": { "type": ["string", "null"], "default": null, "format": "uri", "description": "A page." }
              },
              "required": ["street", "zip"],
              "description": "Where the bill goes.",
              "default": null
            },
            "voucher": { "type": ["string", "null"], "pattern": "^(?:[A-Z]{2}[0-9]+)?$", "description": "Two letters and a number.", "default": null }
          },
          "additionalProperties": false,
          "required": ["guest", "nights"]
        }
        """, Schema("SchemaBookRoomArguments"));

    [Fact]
    public void Positions_AreTheSame_InTheirOrder()
    {
        var (byName, byPosition) = (Schema("SchemaBookRoomArguments"), Schema("SchemaBookRoomByPosition"));
        Assert.Equal((2, 6), ((int)byPosition["minItems"]!, (int)byPosition["maxItems"]!));
        foreach (var (position, named) in byPosition["prefixItems"]!.AsArray().Zip(byName["properties"]!.AsObject()))
            AssertJson(named.Value!.ToJsonString(), position!);
        AssertJson("""{"type":"array","description":"The arguments of schema.nothing by position.","minItems":0,"maxItems":0}""", Schema("SchemaNothingByPosition"));
    }

    [Fact]
    public void Type_ThatHoldsItself_RefersToItsPlace()
    {
        var byName = Schema("SchemaPlantArguments")["properties"]!["root"]!;
        const string place = "#/components/schemas/SchemaPlantArguments/properties/root";
        var left = byName["properties"]!["left"]!["properties"]!;
        Assert.Equal((place + "/properties/left", place), ((string)left["left"]!["$ref"]!, (string)left["twigs"]!["items"]!["$ref"]!));
        // What was written before is referred to, with the rules of its place.
        AssertJson($$"""{"$ref":"{{place}}/properties/left/properties/twigs","maxItems":3}""", byName["properties"]!["twigs"]!);
        AssertJson("""{"type":"number","format":"double","exclusiveMinimum":0,"maximum":1.5,"description":"How thick it is."}""", byName["properties"]!["width"]!);
        AssertJson("""{"description":"Whatever it is."}""", Schema("SchemaPlantArguments")["properties"]!["anything"]!);
    }

    [Fact]
    public void Result_MayBeNullWhereItsTypeSaysSo_AndIsLeftOutWhereNoneIsKept()
    {
        var result = Schema("SchemaBookRoomJob")["allOf"]![1]!["properties"]!["result"]!;
        Assert.Equal(["object", "null"], result["type"]!.AsArray().Select(type => (string)type!));
        Assert.Equal("The booking, if there was a room. There only when it has succeeded.", (string)result["description"]!);
        Assert.Single(Schema("SchemaNothingJob")["allOf"]!.AsArray());
    }

    [Fact]
    public async Task Schemas_SayWhatTheDoorDoes()
    {
        (string Job, string Arguments)[] sent =
        [
            ("math.add", """{"x":2,"y":3}"""), ("math.add", "[2,3]"), ("math.add", "[2]"), ("math.add", "[1,2,3]"), ("math.add", """{"x":2}"""),
            ("math.add", """{"x":2,"y":3,"z":4}"""), ("math.add", """{"x":2,"y":2147483648}"""), ("math.add", """{"x":2,"y":1.5}"""), ("math.add", """{"x":2,"y":null}"""),
            ("math.add", "7"), ("math.add", "null"), ("math.add", "\"text\""),
            ("demo.sleep", """{"seconds":0}"""), ("demo.sleep", """{"seconds":-0.1}"""), ("demo.sleep", "[3600.5]"),
            ("demo.fetch", """{"urls":null,"limit":100}"""), ("demo.fetch", """{"limit":101}"""), ("demo.fetch", """{"waits":["a"]}"""),
            ("demo.fail", "{}"), ("demo.fail", """{"message":null}"""),
            ("schema.nothing", "{}"), ("schema.nothing", "[]"), ("schema.nothing", "[1]"),
            ("schema.book-room", """{"guest":"A","nights":30}"""), ("schema.book-room", """{"guest":"","nights":1}"""), ("schema.book-room", """{"guest":"A","nights":31}"""),
            ("schema.book-room", """{"guest":"A","nights":1,"board":"full","from":"2027-01-31"}"""), ("schema.book-room", """{"guest":"A","nights":1,"board":"half"}"""),
            ("schema.book-room", """{"guest":"A","nights":1,"board":2}"""), ("schema.book-room", """{"guest":"A","nights":1,"from":"soon"}"""),
            ("schema.book-room", """["A",1,"none",null,{"street":"B 1","zip":null},"AB12"]"""), ("schema.book-room", """["A",1,"none",null,null,"ab12"]"""),
            ("schema.book-room", """["A",1,"none",null,{"street":"","zip":null}]"""), ("schema.book-room", """["A",1,"none",null,{"street":"B 1","zip":"1234"}]"""),
            ("schema.plant", """{"root":{"width":1,"left":{"width":0.5}},"anything":[1,{"a":null}]}"""), ("schema.plant", """{"root":{"left":{"width":0}},"anything":1}"""),
            ("schema.plant", """{"root":{"twigs":[{"width":1},{"width":1.6}]},"anything":null}"""), ("schema.plant", """{"root":{"twigs":[{},{},{},{}]},"anything":null}"""),
        ];
        var values = new List<CheckedValue>();
        foreach (var (job, arguments) in sent)
        {
            using var answer = await app.PostJobAsync(job, arguments);
            Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.BadRequest, $"{job} {arguments}: {answer.StatusCode}");
            values.Add(new($"{job} {arguments}", CheckedValue.BodyOf(job), JsonNode.Parse(arguments), answer.StatusCode is HttpStatusCode.Accepted));
        }
        Assert.InRange(values.Count(value => value.Fits), 10, values.Count - 10);
        await OpenApiCheck.AssertAsync(servers, document, values);
    }

    private JsonNode Schema(string name) => document["components"]!["schemas"]![name]!;

    private static void AssertJson(string expected, JsonNode actual)
    {
        var indented = new JsonSerializerOptions { WriteIndented = true };
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString(indented));
    }
}
