CREATE SCHEMA "querygenie";
--> statement-breakpoint
CREATE TABLE "querygenie"."audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "querygenie"."audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"asked_at" timestamp with time zone NOT NULL,
	"who" text NOT NULL,
	"address" text NOT NULL,
	"role" text NOT NULL,
	"route" text NOT NULL,
	"connection" text NOT NULL,
	"what" text NOT NULL,
	"status" text NOT NULL,
	"code" text,
	"row_count" integer,
	"milliseconds" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "querygenie"."history" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "querygenie"."history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"route" text NOT NULL,
	"connection" text NOT NULL,
	"asked" text NOT NULL,
	"status" text NOT NULL,
	"row_count" integer,
	"milliseconds" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "querygenie"."installations" (
	"id" bigint PRIMARY KEY NOT NULL,
	"account" text NOT NULL,
	"repositories" jsonb NOT NULL,
	"suspended_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "querygenie"."sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"sealed_token" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "querygenie"."sign_ins" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"browser_hash" text NOT NULL,
	"verifier" text NOT NULL,
	"return_to" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "querygenie"."usage" (
	"day" date NOT NULL,
	"who" text NOT NULL,
	"connection" text NOT NULL,
	"route" text NOT NULL,
	"requests" integer NOT NULL,
	"row_count" bigint NOT NULL,
	"milliseconds" bigint NOT NULL,
	CONSTRAINT "usage_day_who_connection_route_pk" PRIMARY KEY("day","who","connection","route")
);
--> statement-breakpoint
CREATE TABLE "querygenie"."users" (
	"id" bigint PRIMARY KEY NOT NULL,
	"login" text NOT NULL,
	"name" text,
	"signed_in_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "querygenie"."history" ADD CONSTRAINT "history_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "querygenie"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "querygenie"."sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "querygenie"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_asked_at" ON "querygenie"."audit" USING btree ("asked_at");--> statement-breakpoint
CREATE INDEX "history_user_id_id" ON "querygenie"."history" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "history_asked_at" ON "querygenie"."history" USING btree ("asked_at");--> statement-breakpoint
CREATE INDEX "sessions_user_id" ON "querygenie"."sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at" ON "querygenie"."sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sign_ins_expires_at" ON "querygenie"."sign_ins" USING btree ("expires_at");